import { MANAGERS } from './cast.ts';
import { describeGone, describeRevoked, describeRights } from './checks.ts';

describeRights(MANAGERS);
describeRevoked(['the manager', 'the coordinator of the carrier', 'the refugee of the cases']);
describeGone('the manager', async ({ world, named }) => {
  await world.db.prisma.manager.update({ where: { id: named.manager }, data: { leftAt: new Date(world.clock.now()) } });
});
