/** Reads an operator's file: strict, every problem at once, with line, column and remedy. */
package org.faceaudit.intake.operator;
