-- CreateTable
CREATE TABLE "call_request" (
    "id" TEXT NOT NULL,
    "request" BYTEA NOT NULL,
    "mark" TEXT NOT NULL,
    "delete_on" DATE NOT NULL,

    CONSTRAINT "call_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "content_review" (
    "key" TEXT NOT NULL,
    "mark" TEXT NOT NULL,
    "checked_on" DATE NOT NULL,
    "checked_by" TEXT NOT NULL,
    "valid_until" DATE NOT NULL,

    CONSTRAINT "content_review_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "counsellor" (
    "id" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "counsellor_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "call_request_mark_key" ON "call_request"("mark");

-- CreateIndex
CREATE UNIQUE INDEX "counsellor_person_id_key" ON "counsellor"("person_id");

-- AddForeignKey
ALTER TABLE "counsellor" ADD CONSTRAINT "counsellor_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
