-- AlterTable
ALTER TABLE "carrier_assignment" ADD COLUMN     "confirmer_id" TEXT;

-- AlterTable
ALTER TABLE "manager" ADD COLUMN     "leaves_on" DATE;

-- CreateTable
CREATE TABLE "caseload_move" (
    "id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "manager_id" TEXT,
    "by_id" TEXT,
    "carrier_id" TEXT,
    "key" TEXT NOT NULL,
    "done_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "days_before" DOUBLE PRECISION,
    "days_after" DOUBLE PRECISION,
    "taken_over" TEXT NOT NULL DEFAULT '',
    "taker_id" TEXT,
    "undone" JSONB,

    CONSTRAINT "caseload_move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "caseload_person" (
    "move_id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "from_id" TEXT,
    "to_id" TEXT,
    "waited_since" TIMESTAMPTZ(3),
    "restored" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "caseload_person_pkey" PRIMARY KEY ("move_id","person_id")
);

-- CreateTable
CREATE TABLE "caseload_appointment" (
    "move_id" TEXT NOT NULL,
    "appointment_id" TEXT NOT NULL,
    "fate" TEXT NOT NULL,
    "from_id" TEXT NOT NULL,
    "to_id" TEXT,
    "sequence" INTEGER NOT NULL,
    "restored" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "caseload_appointment_pkey" PRIMARY KEY ("move_id","appointment_id")
);

-- CreateTable
CREATE TABLE "manager_wish" (
    "person_id" TEXT NOT NULL,
    "manager_id" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "declined_at" TIMESTAMPTZ(3),

    CONSTRAINT "manager_wish_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" TEXT,
    "carrier_id" TEXT,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "counts" JSONB,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "caseload_move_key_key" ON "caseload_move"("key");

-- CreateIndex
CREATE INDEX "caseload_move_manager_id_idx" ON "caseload_move"("manager_id");

-- CreateIndex
CREATE INDEX "caseload_person_person_id_idx" ON "caseload_person"("person_id");

-- CreateIndex
CREATE INDEX "caseload_appointment_appointment_id_idx" ON "caseload_appointment"("appointment_id");

-- CreateIndex
CREATE INDEX "manager_wish_manager_id_idx" ON "manager_wish"("manager_id");

-- CreateIndex
CREATE INDEX "audit_entry_carrier_id_id_idx" ON "audit_entry"("carrier_id", "id");

-- AddForeignKey
ALTER TABLE "caseload_move" ADD CONSTRAINT "caseload_move_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "caseload_move" ADD CONSTRAINT "caseload_move_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "caseload_person" ADD CONSTRAINT "caseload_person_move_id_fkey" FOREIGN KEY ("move_id") REFERENCES "caseload_move"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "caseload_person" ADD CONSTRAINT "caseload_person_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "refugee"("person_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "caseload_appointment" ADD CONSTRAINT "caseload_appointment_move_id_fkey" FOREIGN KEY ("move_id") REFERENCES "caseload_move"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "caseload_appointment" ADD CONSTRAINT "caseload_appointment_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manager_wish" ADD CONSTRAINT "manager_wish_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "refugee"("person_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manager_wish" ADD CONSTRAINT "manager_wish_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "carrier_assignment" ADD CONSTRAINT "carrier_assignment_confirmer_id_fkey" FOREIGN KEY ("confirmer_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma cannot say.

-- One carrier a day serves a municipality. A row that a later decision overtook before it began ends before it begins.
ALTER TABLE "carrier_assignment" ADD CONSTRAINT "carrier_assignment_one_a_day"
  EXCLUDE USING gist ("ags" WITH =, daterange("valid_from", "valid_to", '[]') WITH &&)
  WHERE ("valid_to" IS NULL OR "valid_to" >= "valid_from");

-- The audit log only grows: nobody changes a row, the actor alone goes with her erasure, and a row goes when it is
-- twelve months older than the newest (the housekeeping writes one that says so before it forgets).
CREATE FUNCTION "audit_entry_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD."at" < (SELECT max("at") FROM "audit_entry") - interval '12 months' THEN
      RETURN OLD;
    END IF;
  ELSIF NEW."actor_id" IS NULL AND to_jsonb(NEW) - 'actor_id' = to_jsonb(OLD) - 'actor_id' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only';
END
$$;
CREATE TRIGGER "audit_entry_stays" BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION "audit_entry_stays"();
