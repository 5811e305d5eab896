-- AlterTable
ALTER TABLE "handover" ADD COLUMN     "answered_at" TIMESTAMPTZ(3),
ADD COLUMN     "called_at" TIMESTAMPTZ(3),
ADD COLUMN     "calls" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "waits_since" TIMESTAMPTZ(3);

-- What is done keeps who and when, and nothing of what it was about.
ALTER TABLE "handover" ADD CONSTRAINT "handover_done_empty"
  CHECK ("status" <> 'done' OR ("text" IS NULL AND "phone" IS NULL AND "nickname" IS NULL AND cardinality("topics") = 0));

-- A thread closes with its case, by whatever way that ends: nothing that was written about somebody outlives it.
CREATE FUNCTION "handover_thread_closes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "handover_message" WHERE "handover_id" = NEW."id";
  RETURN NULL;
END
$$;
CREATE TRIGGER "handover_thread" AFTER UPDATE OF "status" ON "handover" FOR EACH ROW
  WHEN (NEW."status" NOT IN ('sent', 'accepted')) EXECUTE FUNCTION "handover_thread_closes"();
