-- AlterTable
ALTER TABLE "person" ALTER COLUMN "telegram_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "circle" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "circle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "circle_municipality" (
    "circle_id" TEXT NOT NULL,
    "ags" TEXT NOT NULL,

    CONSTRAINT "circle_municipality_pkey" PRIMARY KEY ("circle_id","ags")
);

-- CreateTable
CREATE TABLE "undertaking" (
    "volunteer_id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "undertaking_pkey" PRIMARY KEY ("volunteer_id","version")
);

-- CreateTable
CREATE TABLE "handover" (
    "id" TEXT NOT NULL,
    "volunteer_id" TEXT,
    "circle_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "answered" TEXT[],
    "kind" TEXT,
    "ags" TEXT,
    "languages" TEXT[],
    "interpreter" BOOLEAN NOT NULL DEFAULT false,
    "topics" TEXT[],
    "urgency" TEXT,
    "tried" TEXT[],
    "text" BYTEA,
    "phone" BYTEA,
    "reach" TEXT[],
    "available" TEXT[],
    "nickname" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "carrier_id" TEXT,
    "addressee_id" TEXT,
    "manager_id" TEXT,
    "duty_id" TEXT,
    "reminded_at" TIMESTAMPTZ(3),
    "escalated_at" TIMESTAMPTZ(3),
    "refugee_id" TEXT,

    CONSTRAINT "handover_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handover_consent" (
    "id" TEXT NOT NULL,
    "handover_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "paper_date" DATE,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "handover_consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent_link" (
    "handover_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_by" TEXT,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "consent_link_pkey" PRIMARY KEY ("handover_id")
);

-- CreateTable
CREATE TABLE "handover_event" (
    "id" BIGSERIAL NOT NULL,
    "handover_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "manager_id" TEXT,
    "reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "handover_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handover_reply" (
    "handover_id" TEXT NOT NULL,
    "manager_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "handover_reply_pkey" PRIMARY KEY ("handover_id","manager_id")
);

-- CreateTable
CREATE TABLE "handover_message" (
    "id" TEXT NOT NULL,
    "handover_id" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "manager_id" TEXT,
    "text" BYTEA NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "handover_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handover_merge" (
    "id" TEXT NOT NULL,
    "handover_id" TEXT NOT NULL,
    "from_id" TEXT NOT NULL,
    "into_id" TEXT NOT NULL,
    "manager_id" TEXT NOT NULL,
    "merged_at" TIMESTAMPTZ(3) NOT NULL,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "handover_merge_pkey" PRIMARY KEY ("id")
);

-- AlterTable: circles were names; each name becomes a circle, whose municipalities are still to be given.
INSERT INTO "circle" ("id", "name", "created_at")
  SELECT substr(md5("name"), 1, 12), "name", now()
  FROM (SELECT "circle" AS "name" FROM "volunteer" UNION SELECT "circle" FROM "invite" WHERE "circle" IS NOT NULL) AS named;

ALTER TABLE "invite" ADD COLUMN "circle_id" TEXT;
UPDATE "invite" SET "circle_id" = (SELECT "id" FROM "circle" WHERE "name" = "invite"."circle");
ALTER TABLE "invite" DROP COLUMN "circle";

ALTER TABLE "volunteer" ADD COLUMN "circle_id" TEXT, ADD COLUMN "speaker" BOOLEAN NOT NULL DEFAULT false;
UPDATE "volunteer" SET "circle_id" = (SELECT "id" FROM "circle" WHERE "name" = "volunteer"."circle");
ALTER TABLE "volunteer" ALTER COLUMN "circle_id" SET NOT NULL;
ALTER TABLE "volunteer" DROP COLUMN "circle";

-- CreateIndex
CREATE UNIQUE INDEX "circle_name_key" ON "circle"("name");

-- CreateIndex
CREATE INDEX "circle_municipality_ags_idx" ON "circle_municipality"("ags");

-- CreateIndex
CREATE INDEX "handover_volunteer_id_idx" ON "handover"("volunteer_id");

-- CreateIndex
CREATE INDEX "handover_circle_id_idx" ON "handover"("circle_id");

-- CreateIndex
CREATE INDEX "handover_manager_id_idx" ON "handover"("manager_id");

-- CreateIndex
CREATE INDEX "handover_refugee_id_idx" ON "handover"("refugee_id");

-- CreateIndex
CREATE INDEX "handover_consent_handover_id_idx" ON "handover_consent"("handover_id");

-- CreateIndex
CREATE UNIQUE INDEX "consent_link_token_hash_key" ON "consent_link"("token_hash");

-- CreateIndex
CREATE INDEX "handover_event_handover_id_idx" ON "handover_event"("handover_id");

-- CreateIndex
CREATE INDEX "handover_message_handover_id_sent_at_idx" ON "handover_message"("handover_id", "sent_at");

-- CreateIndex
CREATE INDEX "handover_merge_handover_id_idx" ON "handover_merge"("handover_id");

-- CreateIndex
CREATE INDEX "volunteer_circle_id_idx" ON "volunteer"("circle_id");

-- AddForeignKey
ALTER TABLE "circle_municipality" ADD CONSTRAINT "circle_municipality_circle_id_fkey" FOREIGN KEY ("circle_id") REFERENCES "circle"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "circle_municipality" ADD CONSTRAINT "circle_municipality_ags_fkey" FOREIGN KEY ("ags") REFERENCES "municipality"("ags") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "volunteer" ADD CONSTRAINT "volunteer_circle_id_fkey" FOREIGN KEY ("circle_id") REFERENCES "circle"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "undertaking" ADD CONSTRAINT "undertaking_volunteer_id_fkey" FOREIGN KEY ("volunteer_id") REFERENCES "volunteer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_volunteer_id_fkey" FOREIGN KEY ("volunteer_id") REFERENCES "volunteer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_circle_id_fkey" FOREIGN KEY ("circle_id") REFERENCES "circle"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_ags_fkey" FOREIGN KEY ("ags") REFERENCES "municipality"("ags") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_carrier_id_fkey" FOREIGN KEY ("carrier_id") REFERENCES "carrier"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_addressee_id_fkey" FOREIGN KEY ("addressee_id") REFERENCES "manager"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_duty_id_fkey" FOREIGN KEY ("duty_id") REFERENCES "manager"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover" ADD CONSTRAINT "handover_refugee_id_fkey" FOREIGN KEY ("refugee_id") REFERENCES "refugee"("person_id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_consent" ADD CONSTRAINT "handover_consent_handover_id_fkey" FOREIGN KEY ("handover_id") REFERENCES "handover"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent_link" ADD CONSTRAINT "consent_link_handover_id_fkey" FOREIGN KEY ("handover_id") REFERENCES "handover"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_event" ADD CONSTRAINT "handover_event_handover_id_fkey" FOREIGN KEY ("handover_id") REFERENCES "handover"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_event" ADD CONSTRAINT "handover_event_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_reply" ADD CONSTRAINT "handover_reply_handover_id_fkey" FOREIGN KEY ("handover_id") REFERENCES "handover"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_reply" ADD CONSTRAINT "handover_reply_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_message" ADD CONSTRAINT "handover_message_handover_id_fkey" FOREIGN KEY ("handover_id") REFERENCES "handover"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_message" ADD CONSTRAINT "handover_message_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_merge" ADD CONSTRAINT "handover_merge_handover_id_fkey" FOREIGN KEY ("handover_id") REFERENCES "handover"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_merge" ADD CONSTRAINT "handover_merge_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "refugee"("person_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_merge" ADD CONSTRAINT "handover_merge_into_id_fkey" FOREIGN KEY ("into_id") REFERENCES "refugee"("person_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "handover_merge" ADD CONSTRAINT "handover_merge_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invite" ADD CONSTRAINT "invite_circle_id_fkey" FOREIGN KEY ("circle_id") REFERENCES "circle"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say: the database itself settles the races and keeps the promises.
ALTER TABLE "handover" ADD CONSTRAINT "handover_status" CHECK ("status" IN
  ('draft', 'waiting', 'sent', 'accepted', 'done', 'declined', 'refused', 'withdrawn', 'revoked', 'lapsed'));

-- Exactly one manager has what is accepted, and nobody has what is not: of two who accept at once one waits and loses.
ALTER TABLE "handover" ADD CONSTRAINT "handover_held"
  CHECK (("status" IN ('accepted', 'done')) = ("manager_id" IS NOT NULL AND "accepted_at" IS NOT NULL));

-- A draft is its volunteer's: nobody can leave one behind.
ALTER TABLE "handover" ADD CONSTRAINT "handover_draft_owned"
  CHECK ("status" NOT IN ('draft', 'waiting') OR "volunteer_id" IS NOT NULL);

-- What was sent says when; what was not says nothing to a team.
ALTER TABLE "handover" ADD CONSTRAINT "handover_sent"
  CHECK (("status" IN ('draft', 'waiting', 'refused')) = ("sent_at" IS NULL));

-- Content goes when a case ends without an acceptance.
ALTER TABLE "handover" ADD CONSTRAINT "handover_forgotten"
  CHECK ("status" NOT IN ('declined', 'refused', 'withdrawn', 'revoked', 'lapsed')
    OR ("text" IS NULL AND "phone" IS NULL AND "nickname" IS NULL AND cardinality("topics") = 0));

-- One living consent for each purpose, however often and wherever it is given.
CREATE UNIQUE INDEX "handover_consent_live" ON "handover_consent" ("handover_id", "purpose") WHERE "revoked_at" IS NULL;

-- A case is merged once at a time.
CREATE UNIQUE INDEX "handover_merge_live" ON "handover_merge" ("handover_id") WHERE "undone_at" IS NULL;

CREATE INDEX "handover_open" ON "handover" ("sent_at") WHERE "status" = 'sent';
CREATE INDEX "handover_unsent" ON "handover" ("created_at") WHERE "status" IN ('draft', 'waiting', 'refused');
