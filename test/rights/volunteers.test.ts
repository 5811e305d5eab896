import { forge } from '../support/walks.ts';
import { VOLUNTEERS } from './cast.ts';
import { describeGone, describeRights } from './checks.ts';

describeRights(VOLUNTEERS);
describeGone('the volunteer', async ({ world, named, people }) => {
  await forge(world, people['the coordinator of the county'], `circle.out:${named.volunteer}:yes`);
});
