/** How a source described by an operator's file is captured: the connector's configuration and the preflight before it. */
package org.faceaudit.cli.capture;
