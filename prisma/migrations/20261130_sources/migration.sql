-- AlterTable
ALTER TABLE "course_import" ADD COLUMN     "notes" JSONB,
ADD COLUMN     "vanishing" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "course_schedule" (
    "source_id" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "is_confirmed" BOOLEAN NOT NULL DEFAULT false,
    "owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "course_schedule_pkey" PRIMARY KEY ("source_id")
);

-- CreateTable
CREATE TABLE "course_file" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "file_id" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "source_id" TEXT,
    "message_id" INTEGER,
    "is_confirmed" BOOLEAN NOT NULL DEFAULT false,
    "import_id" TEXT,
    "failure" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "course_file_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "course_file_person_id_idx" ON "course_file"("person_id");

-- CreateIndex
CREATE INDEX "course_file_status_idx" ON "course_file"("status");

-- AddForeignKey
ALTER TABLE "course_file" ADD CONSTRAINT "course_file_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
