-- AlterTable
ALTER TABLE "appointment" ADD COLUMN     "changed_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "calendar_feed" (
    "id" TEXT NOT NULL,
    "manager_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "page_link" (
    "token_hash" TEXT NOT NULL,
    "manager_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "page_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "page_session" (
    "token_hash" TEXT NOT NULL,
    "manager_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "page_session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feed_token_hash_key" ON "calendar_feed"("token_hash");

-- CreateIndex
CREATE INDEX "calendar_feed_manager_id_idx" ON "calendar_feed"("manager_id");

-- CreateIndex
CREATE UNIQUE INDEX "page_link_manager_id_key" ON "page_link"("manager_id");

-- CreateIndex
CREATE INDEX "page_session_manager_id_idx" ON "page_session"("manager_id");

-- AddForeignKey
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "page_link" ADD CONSTRAINT "page_link_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "page_session" ADD CONSTRAINT "page_session_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "manager"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A manager's calendar has one address at a time.
CREATE UNIQUE INDEX "calendar_feed_current" ON "calendar_feed" ("manager_id") WHERE "revoked_at" IS NULL;
