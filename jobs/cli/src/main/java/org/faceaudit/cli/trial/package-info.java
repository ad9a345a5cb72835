/** Reads sample changes by a mapping as the job would, without any stack: what becomes of each, and why. */
package org.faceaudit.cli.trial;
