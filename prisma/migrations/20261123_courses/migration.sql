-- CreateTable
CREATE TABLE "course_source" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "checked_at" TIMESTAMPTZ(3),
    "stale_after_days" INTEGER NOT NULL,

    CONSTRAINT "course_source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "course_import" (
    "id" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "status" TEXT NOT NULL,
    "is_update" BOOLEAN NOT NULL DEFAULT false,
    "read" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "gone" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "refusals" JSONB,

    CONSTRAINT "course_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "offering_draft" (
    "import_id" TEXT NOT NULL,
    "record_id" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3),
    "fingerprint" TEXT NOT NULL,
    "data" JSONB,

    CONSTRAINT "offering_draft_pkey" PRIMARY KEY ("import_id","record_id")
);

-- CreateTable
CREATE TABLE "offering" (
    "id" TEXT NOT NULL,
    "group_key" BIGINT NOT NULL,
    "visible_until" DATE NOT NULL,
    "lat" DOUBLE PRECISION,
    "lon" DOUBLE PRECISION,
    "starts_on" DATE,
    "gone_at" TIMESTAMPTZ(3),
    "start_kind" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "child_care" TEXT NOT NULL,
    "level_from" TEXT,
    "level_to" TEXT,
    "purposes" TEXT[],
    "day_parts" TEXT[],
    "source_id" TEXT NOT NULL,
    "record_id" TEXT NOT NULL,
    "source_group" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "lessons" INTEGER,
    "ends_on" DATE,
    "register_until" DATE,
    "days_times" TEXT,
    "time_mode" TEXT NOT NULL,
    "ags" TEXT,
    "postal_code" TEXT,
    "city" TEXT,
    "street" TEXT,
    "place_confirmed" BOOLEAN NOT NULL,
    "provider" TEXT NOT NULL,
    "phone" TEXT,
    "mail" TEXT,
    "url" TEXT,
    "cost_text" TEXT,
    "free" TEXT NOT NULL,
    "women_only" TEXT NOT NULL,
    "permit_needed" TEXT NOT NULL,
    "audience" TEXT,
    "remarks" TEXT,
    "updated_at" TIMESTAMPTZ(3),
    "checked_on" DATE,
    "checked_by" TEXT,
    "fingerprint" TEXT NOT NULL,
    "listed_at" TIMESTAMPTZ(3) NOT NULL,
    "place_reported_at" TIMESTAMPTZ(3),

    CONSTRAINT "offering_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "course_wish" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "wish" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "told_until" TIMESTAMPTZ(3) NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_at" TIMESTAMPTZ(3),

    CONSTRAINT "course_wish_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "course_reminder" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "offering_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "course_reminder_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "course_import_source_id_started_at_idx" ON "course_import"("source_id", "started_at");

-- CreateIndex
CREATE INDEX "offering_group_key_idx" ON "offering"("group_key");

-- CreateIndex
CREATE INDEX "offering_listed_at_idx" ON "offering"("listed_at");

-- CreateIndex
CREATE INDEX "offering_register_until_idx" ON "offering"("register_until");

-- CreateIndex
CREATE UNIQUE INDEX "offering_source_id_record_id_key" ON "offering"("source_id", "record_id");

-- CreateIndex
CREATE INDEX "course_wish_person_id_idx" ON "course_wish"("person_id");

-- CreateIndex
CREATE INDEX "course_wish_ends_at_idx" ON "course_wish"("ends_at");

-- CreateIndex
CREATE INDEX "course_reminder_offering_id_idx" ON "course_reminder"("offering_id");

-- CreateIndex
CREATE UNIQUE INDEX "course_reminder_person_id_offering_id_key" ON "course_reminder"("person_id", "offering_id");

-- AddForeignKey
ALTER TABLE "course_import" ADD CONSTRAINT "course_import_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "course_source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offering_draft" ADD CONSTRAINT "offering_draft_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "course_import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offering" ADD CONSTRAINT "offering_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "course_source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "course_wish" ADD CONSTRAINT "course_wish_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "course_reminder" ADD CONSTRAINT "course_reminder_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "course_reminder" ADD CONSTRAINT "course_reminder_offering_id_fkey" FOREIGN KEY ("offering_id") REFERENCES "offering"("id") ON DELETE CASCADE ON UPDATE CASCADE;
