/**
 * What the JVMs of a run stand on, their memory, threads and GPUs, and which settings of these
 * cannot work. Knows the JDK and the C library alone; floor 0.
 */
package affetto.machine;
