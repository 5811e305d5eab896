-- AlterTable
ALTER TABLE "appointment" ADD COLUMN     "outcome" TEXT,
ADD COLUMN     "outcome_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "manager" ADD COLUMN     "morning_at" CHAR(5) DEFAULT '07:30';

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "discreet" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "refugee" ADD COLUMN     "reminders" JSONB;

-- What Prisma cannot say.
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_outcome"
  CHECK ("outcome" IN ('held', 'interpreted', 'missed', 'called-off') AND "outcome_at" IS NOT NULL OR "outcome" IS NULL);
