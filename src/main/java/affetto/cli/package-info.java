/**
 * The command line: one picocli command for each job. The only package that prints to the console
 * or ends the process.
 */
package affetto.cli;
