/** What the job costs. Every figure is checked against a plain second count before it is printed. */
package org.faceaudit.bench;
