package org.faceaudit.core.judgement;

final class UnusableFallback {}
