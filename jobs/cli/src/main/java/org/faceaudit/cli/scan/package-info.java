/** Guesses what a database's tables mean, by words and types, and writes the guess down as an operator's file. */
package org.faceaudit.cli.scan;
