/** Make-believe evidence topics of any size, and what is in them by a plain second count. */
package org.faceaudit.bench.topic;
