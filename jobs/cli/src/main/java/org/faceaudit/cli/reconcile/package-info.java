/** Compares what a source holds with what was captured of it, at one position of its log. */
package org.faceaudit.cli.reconcile;
