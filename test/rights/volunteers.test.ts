import { VOLUNTEERS } from './cast.ts';
import { describeRights } from './checks.ts';

describeRights(VOLUNTEERS);
