/** What it costs to carry records through the wired job, and what it then remembers. */
package org.faceaudit.bench.route;
