package org.faceaudit.core.judgement;

/** Why a lateness is suspected only: a person must look. */
enum Doubt {
    TRIGGER("数量达到之日不能确定", "the day of reaching the threshold is not certain"),
    RETURNED("曾提交而被退回或者撤回", "a submission was returned or withdrawn"),
    AUTHORITY("未向有管辖权的网信部门提交", "a submission went to the wrong authority"),
    DEREGISTERED("期限届满前已申请注销", "deregistration came before the last day"),
    STOCK("存储数量在最后一日之前已低于法定数量", "the stock fell below the threshold before the last day"),
    DECLARED(
            "处理者自身记录称其已按期提交,登记中未见该提交",
            "its own records say that it was submitted in time, and the registry knows of none"),
    SUCCESSOR("已有承继者,其此前的备案是否涵盖须核实", "a successor is on file since before; whether that filing covers it is open");

    private final String zh;
    private final String en;

    Doubt(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    String zh() {
        return zh;
    }

    String en() {
        return en;
    }
}
