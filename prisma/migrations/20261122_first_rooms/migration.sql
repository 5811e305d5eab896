-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "office_hours" (
    "id" TEXT NOT NULL,
    "manager_id" TEXT NOT NULL,
    "weekday" SMALLINT NOT NULL,
    "from" CHAR(5) NOT NULL,
    "to" CHAR(5) NOT NULL,
    "place_id" TEXT,
    "ways" TEXT[],
    "slot_minutes" INTEGER NOT NULL,
    "buffer_before_minutes" INTEGER NOT NULL DEFAULT 0,
    "buffer_after_minutes" INTEGER NOT NULL DEFAULT 0,
    "every_weeks" INTEGER NOT NULL DEFAULT 1,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "office_hours_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "absence" (
    "id" TEXT NOT NULL,
    "manager_id" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment" (
    "id" TEXT NOT NULL,
    "refugee_id" TEXT,
    "manager_id" TEXT NOT NULL,
    "carrier_id" TEXT NOT NULL,
    "ags" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "place_id" TEXT,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "blocks_from" TIMESTAMPTZ(3) NOT NULL,
    "blocks_to" TIMESTAMPTZ(3) NOT NULL,
    "topic" BYTEA,
    "address" BYTEA,
    "interpreter" BOOLEAN NOT NULL,
    "interpreter_language" TEXT,
    "status" TEXT NOT NULL DEFAULT 'booked',
    "cancelled_by" TEXT,
    "reason" TEXT,
    "cancelled_at" TIMESTAMPTZ(3),
    "answer" TEXT,
    "booked_at" TIMESTAMPTZ(3) NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "key" TEXT NOT NULL,
    "open_number" SMALLINT NOT NULL,

    CONSTRAINT "appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "carrier" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT,

    CONSTRAINT "carrier_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "municipality" (
    "ags" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "postal_code" TEXT NOT NULL,
    "lat" DOUBLE PRECISION NOT NULL,
    "lon" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "municipality_pkey" PRIMARY KEY ("ags")
);

-- CreateTable
CREATE TABLE "carrier_assignment" (
    "id" TEXT NOT NULL,
    "ags" TEXT NOT NULL,
    "carrier_id" TEXT,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "confirmed_by" TEXT,
    "confirmed_on" DATE,
    "source" TEXT NOT NULL,

    CONSTRAINT "carrier_assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "place" (
    "id" TEXT NOT NULL,
    "ags" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "street" TEXT,
    "postal_code" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "lat" DOUBLE PRECISION NOT NULL,
    "lon" DOUBLE PRECISION NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox" (
    "seq" BIGSERIAL NOT NULL,
    "update_id" BIGINT NOT NULL,
    "chat_id" BIGINT,
    "payload" BYTEA,
    "status" TEXT NOT NULL,
    "owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "data" JSONB,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "message_id" BIGINT,
    "key" TEXT NOT NULL,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "flow" (
    "chat_id" BIGINT NOT NULL,
    "state" BYTEA NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flow_pkey" PRIMARY KEY ("chat_id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" TEXT NOT NULL,
    "telegram_id" BIGINT NOT NULL,
    "locale" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "unreachable_since" TIMESTAMPTZ(3),

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "refugee" (
    "person_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "nickname" BYTEA,
    "housing" TEXT,
    "ags" TEXT,
    "manager_id" TEXT,
    "interpreter" BOOLEAN,
    "interpreter_language" TEXT,
    "waiting_since" TIMESTAMPTZ(3),

    CONSTRAINT "refugee_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "manager" (
    "id" TEXT NOT NULL,
    "person_id" TEXT,
    "name" TEXT NOT NULL,
    "carrier_id" TEXT NOT NULL,
    "phone" TEXT,
    "working_days" DOUBLE PRECISION NOT NULL,
    "accepts" BOOLEAN NOT NULL DEFAULT true,
    "left_at" TIMESTAMPTZ(3),

    CONSTRAINT "manager_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "manager_municipality" (
    "manager_id" TEXT NOT NULL,
    "ags" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "manager_municipality_pkey" PRIMARY KEY ("manager_id","ags","valid_from")
);

-- CreateTable
CREATE TABLE "coordinator" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "carrier_id" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coordinator_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "volunteer" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "circle" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "volunteer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invite" (
    "id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "carrier_id" TEXT,
    "manager_id" TEXT,
    "circle" TEXT,
    "person_id" TEXT,
    "invited_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "invite_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "office_hours_manager_id_idx" ON "office_hours"("manager_id");

-- CreateIndex
CREATE INDEX "absence_manager_id_to_idx" ON "absence"("manager_id", "to");

-- CreateIndex
CREATE UNIQUE INDEX "appointment_key_key" ON "appointment"("key");

-- CreateIndex
CREATE INDEX "appointment_refugee_id_starts_at_idx" ON "appointment"("refugee_id", "starts_at");

-- CreateIndex
CREATE INDEX "appointment_manager_id_blocks_to_idx" ON "appointment"("manager_id", "blocks_to");

-- CreateIndex
CREATE INDEX "carrier_assignment_ags_idx" ON "carrier_assignment"("ags");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_update_id_key" ON "inbox"("update_id");

-- CreateIndex
CREATE UNIQUE INDEX "notice_key_key" ON "notice"("key");

-- CreateIndex
CREATE INDEX "notice_person_id_idx" ON "notice"("person_id");

-- CreateIndex
CREATE INDEX "notice_subject_id_idx" ON "notice"("subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "person_telegram_id_key" ON "person"("telegram_id");

-- CreateIndex
CREATE UNIQUE INDEX "refugee_number_key" ON "refugee"("number");

-- CreateIndex
CREATE INDEX "refugee_manager_id_idx" ON "refugee"("manager_id");

-- CreateIndex
CREATE INDEX "consent_person_id_idx" ON "consent"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "manager_person_id_key" ON "manager"("person_id");

-- CreateIndex
CREATE INDEX "manager_municipality_ags_idx" ON "manager_municipality"("ags");

-- CreateIndex
CREATE UNIQUE INDEX "coordinator_person_id_key" ON "coordinator"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "volunteer_person_id_key" ON "volunteer"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "invite_token_hash_key" ON "invite"("token_hash");

-- AddForeignKey
ALTER TABLE "office_hours" ADD CONSTRAINT "office_hours_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "office_hours" ADD CONSTRAINT "office_hours_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_refugee_id_fkey" FOREIGN KEY ("refugee_id") REFERENCES "refugee"("person_id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carrier"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "carrier_assignment" ADD CONSTRAINT "carrier_assignment_ags_fkey" FOREIGN KEY ("ags") REFERENCES "municipality"("ags") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "carrier_assignment" ADD CONSTRAINT "carrier_assignment_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carrier"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place" ADD CONSTRAINT "place_ags_fkey" FOREIGN KEY ("ags") REFERENCES "municipality"("ags") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refugee" ADD CONSTRAINT "refugee_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refugee" ADD CONSTRAINT "refugee_ags_fkey" FOREIGN KEY ("ags") REFERENCES "municipality"("ags") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refugee" ADD CONSTRAINT "refugee_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manager" ADD CONSTRAINT "manager_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manager" ADD CONSTRAINT "manager_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carrier"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manager_municipality" ADD CONSTRAINT "manager_municipality_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "manager_municipality" ADD CONSTRAINT "manager_municipality_ags_fkey" FOREIGN KEY ("ags") REFERENCES "municipality"("ags") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coordinator" ADD CONSTRAINT "coordinator_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coordinator" ADD CONSTRAINT "coordinator_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carrier"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "volunteer" ADD CONSTRAINT "volunteer_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say: the database itself settles the races.
CREATE EXTENSION IF NOT EXISTS btree_gist;

ALTER TABLE "appointment" ADD CONSTRAINT "appointment_time_order"
  CHECK ("blocks_from" <= "starts_at" AND "starts_at" < "ends_at" AND "ends_at" <= "blocks_to");

-- Two people who want one slot: exactly one gets it.
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_manager_free"
  EXCLUDE USING gist ("manager_id" WITH =, tstzrange("blocks_from", "blocks_to", '[)') WITH &&)
  WHERE ("status" = 'booked');

-- A person has at most N open bookings: each takes one of N numbers from its booking until its end.
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_open_limit"
  EXCLUDE USING gist ("refugee_id" WITH =, "open_number" WITH =, tstzrange("booked_at", "ends_at", '[)') WITH &&)
  WHERE ("status" = 'booked');

-- A person cannot be at two places at once.
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_refugee_free"
  EXCLUDE USING gist ("refugee_id" WITH =, tstzrange("starts_at", "ends_at", '[)') WITH &&)
  WHERE ("status" = 'booked');

-- Per chat one update at a time, also among several processes.
CREATE UNIQUE INDEX "inbox_one_at_a_time" ON "inbox" ("chat_id") WHERE "status" = 'working';
CREATE INDEX "inbox_open" ON "inbox" ("seq") WHERE "status" IN ('pending', 'working');
CREATE INDEX "inbox_received" ON "inbox" ("received_at") WHERE "status" IN ('done', 'parked');

CREATE INDEX "notice_due" ON "notice" ("due_at", "id") WHERE "status" IN ('pending', 'sending');
