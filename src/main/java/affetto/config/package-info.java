/**
 * Turns configuration files into typed specs at the door: every key has its default, unit and
 * comment in {@code affetto/reference.conf}, and unknown keys are errors.
 */
package affetto.config;
