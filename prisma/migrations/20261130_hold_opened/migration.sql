-- AlterTable
ALTER TABLE "opened_slot" ADD COLUMN     "blocks_from" TIMESTAMPTZ(3),
ADD COLUMN     "blocks_to" TIMESTAMPTZ(3),
ADD COLUMN     "held_until" TIMESTAMPTZ(3);
