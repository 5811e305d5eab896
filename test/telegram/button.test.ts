import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import '../../src/bot.ts';
import { defineButton, definedButtons, part } from '../../src/telegram/button.ts';

const kind = defineButton('test.kind', { id: part.id, way: z.enum(['place', 'home']) });

describe('button data', () => {
  it('comes back as it was written', () => {
    expect(kind.parse(kind.data({ id: 'abc123', way: 'home' }))).toEqual({ id: 'abc123', way: 'home' });
  });

  it.each([
    '',
    'test.kind',
    'test.kind:abc123',
    'test.kind:abc123:car',
    'test.kind:abc123:home:more',
    'test:abc123:home',
    'test.kind:ABC:home',
  ])('distrusts %j', (data) => expect(kind.parse(data)).toBeUndefined());

  it('never throws on what is forged', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 64 }), (data) => {
        for (const one of definedButtons()) one.parse(data);
      }),
    );
  });

  it('refuses to write what is unsafe or too long', () => {
    expect(() => defineButton('test.free', { text: z.string() }).data({ text: 'نعم' })).toThrow(/unsafe/);
    expect(() => defineButton('test.long', { text: z.string() }).data({ text: 'x'.repeat(60) })).toThrow(/64 bytes/);
  });

  it('has a name of its own for each kind', () => {
    expect(() => defineButton('test.kind', {})).toThrow(/twice/);
    const names = definedButtons().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
