-- AlterTable
ALTER TABLE "absence" ADD COLUMN     "deputy_id" TEXT,
ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'other';

-- AlterTable
ALTER TABLE "office_hours" ADD COLUMN     "interpreter" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "travel_minutes" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "occurrence_change" (
    "hours_id" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "from" CHAR(5),
    "to" CHAR(5),
    "place_id" TEXT,

    CONSTRAINT "occurrence_change_pkey" PRIMARY KEY ("hours_id","day")
);

-- CreateTable
CREATE TABLE "open_holiday" (
    "manager_id" TEXT NOT NULL,
    "day" DATE NOT NULL,

    CONSTRAINT "open_holiday_pkey" PRIMARY KEY ("manager_id","day")
);

-- CreateIndex
CREATE INDEX "absence_deputy_id_to_idx" ON "absence"("deputy_id", "to");

-- AddForeignKey
ALTER TABLE "occurrence_change" ADD CONSTRAINT "occurrence_change_hours_id_fkey" FOREIGN KEY ("hours_id") REFERENCES "office_hours"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occurrence_change" ADD CONSTRAINT "occurrence_change_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_deputy_id_fkey" FOREIGN KEY ("deputy_id") REFERENCES "manager"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "open_holiday" ADD CONSTRAINT "open_holiday_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.
ALTER TABLE "absence" ADD CONSTRAINT "absence_order" CHECK ("from" < "to");

-- A manager is absent once at a time: two forms sent at once do not both pass.
ALTER TABLE "absence" ADD CONSTRAINT "absence_once"
  EXCLUDE USING gist ("manager_id" WITH =, tstzrange("from", "to", '[)') WITH &&);

ALTER TABLE "occurrence_change" ADD CONSTRAINT "occurrence_change_whole" CHECK (("from" IS NULL) = ("to" IS NULL));

-- Who answers for a manager at a time: she herself, or whoever stands in for her; a deputy who is absent too hands on
-- to her own. Where nobody stands in, it stays with her.
CREATE FUNCTION "on_duty"("manager" text, "at" timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
  WITH RECURSIVE duty(id, depth) AS (
    SELECT $1, 0
    UNION ALL
    SELECT absence.deputy_id, depth + 1 FROM duty
    JOIN absence ON absence.manager_id = duty.id AND absence."from" <= $2 AND absence."to" > $2
    JOIN manager ON manager.id = absence.deputy_id AND manager.left_at IS NULL
    WHERE depth < 8)
  SELECT id FROM duty ORDER BY depth DESC LIMIT 1
$$;
