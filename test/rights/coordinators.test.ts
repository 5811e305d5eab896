import { COORDINATORS } from './cast.ts';
import { describeRights } from './checks.ts';

describeRights(COORDINATORS);
