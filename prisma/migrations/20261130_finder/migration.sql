-- CreateIndex
CREATE INDEX "offering_place_reported_at_idx" ON "offering"("place_reported_at");
