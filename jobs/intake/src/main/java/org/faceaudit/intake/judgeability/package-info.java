/** Which rules a mapping allows to judge, and in words why not: unknown is not fine. */
package org.faceaudit.intake.judgeability;
