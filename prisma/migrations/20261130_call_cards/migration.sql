-- CreateTable
CREATE TABLE "call_card" (
    "person_id" TEXT NOT NULL,
    "message_id" INTEGER NOT NULL,
    "call_id" TEXT NOT NULL,

    CONSTRAINT "call_card_pkey" PRIMARY KEY ("person_id","message_id")
);

-- AddForeignKey
ALTER TABLE "call_card" ADD CONSTRAINT "call_card_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
