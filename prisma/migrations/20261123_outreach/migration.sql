-- CreateTable
CREATE TABLE "earlier_wish" (
    "appointment_id" TEXT NOT NULL,
    "refugee_id" TEXT NOT NULL,
    "way" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "earlier_wish_pkey" PRIMARY KEY ("appointment_id")
);

-- CreateTable
CREATE TABLE "slot_wait" (
    "refugee_id" TEXT NOT NULL,
    "way" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "told_at" TIMESTAMPTZ(3),
    "asked_at" TIMESTAMPTZ(3),

    CONSTRAINT "slot_wait_pkey" PRIMARY KEY ("refugee_id")
);

-- CreateTable
CREATE TABLE "slot_watch" (
    "manager_id" TEXT NOT NULL,
    "known" JSONB NOT NULL,

    CONSTRAINT "slot_watch_pkey" PRIMARY KEY ("manager_id")
);

-- CreateTable
CREATE TABLE "opened_slot" (
    "manager_id" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "opened_slot_pkey" PRIMARY KEY ("manager_id","starts_at")
);

-- CreateTable
CREATE TABLE "slot_offer" (
    "id" TEXT NOT NULL,
    "manager_id" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "appointment_id" TEXT NOT NULL,
    "refugee_id" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "offered_at" TIMESTAMPTZ(3) NOT NULL,
    "answer_by" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,

    CONSTRAINT "slot_offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outreach" (
    "id" TEXT NOT NULL,
    "manager_id" TEXT NOT NULL,
    "way" TEXT,
    "slots" TIMESTAMPTZ(3)[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outreach_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" TEXT NOT NULL,
    "outreach_id" TEXT NOT NULL,
    "refugee_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'picked',
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation_stop" (
    "refugee_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invitation_stop_pkey" PRIMARY KEY ("refugee_id")
);

-- CreateIndex
CREATE INDEX "earlier_wish_refugee_id_idx" ON "earlier_wish"("refugee_id");

-- CreateIndex
CREATE INDEX "slot_offer_manager_id_starts_at_idx" ON "slot_offer"("manager_id", "starts_at");

-- CreateIndex
CREATE INDEX "slot_offer_refugee_id_idx" ON "slot_offer"("refugee_id");

-- CreateIndex
CREATE INDEX "slot_offer_appointment_id_idx" ON "slot_offer"("appointment_id");

-- CreateIndex
CREATE INDEX "outreach_manager_id_idx" ON "outreach"("manager_id");

-- CreateIndex
CREATE INDEX "invitation_refugee_id_idx" ON "invitation"("refugee_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_outreach_id_refugee_id_key" ON "invitation"("outreach_id", "refugee_id");

-- AddForeignKey
ALTER TABLE "earlier_wish" ADD CONSTRAINT "earlier_wish_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "earlier_wish" ADD CONSTRAINT "earlier_wish_refugee_id_fkey" FOREIGN KEY ("refugee_id") REFERENCES "refugee"("person_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot_wait" ADD CONSTRAINT "slot_wait_refugee_id_fkey" FOREIGN KEY ("refugee_id") REFERENCES "refugee"("person_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot_watch" ADD CONSTRAINT "slot_watch_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "opened_slot" ADD CONSTRAINT "opened_slot_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot_offer" ADD CONSTRAINT "slot_offer_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "slot_offer" ADD CONSTRAINT "slot_offer_refugee_id_fkey" FOREIGN KEY ("refugee_id") REFERENCES "refugee"("person_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outreach" ADD CONSTRAINT "outreach_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_outreach_id_fkey" FOREIGN KEY ("outreach_id") REFERENCES "outreach"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_refugee_id_fkey" FOREIGN KEY ("refugee_id") REFERENCES "refugee"("person_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation_stop" ADD CONSTRAINT "invitation_stop_refugee_id_fkey" FOREIGN KEY ("refugee_id") REFERENCES "refugee"("person_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One open invitation per person.
CREATE UNIQUE INDEX "invitation_one_open" ON "invitation" ("refugee_id") WHERE "status" = 'open';
-- One open offer per person: nobody is asked about two times at once.
CREATE UNIQUE INDEX "slot_offer_one_open" ON "slot_offer" ("refugee_id") WHERE "status" = 'open';
