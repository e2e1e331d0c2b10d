/**
 * Honest measurement: who may be learnt from and who is tested (protocols), whether that holds
 * (leak check), and what came of it (metrics, UAR first).
 */
package affetto.evaluation;
