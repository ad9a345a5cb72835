package org.faceaudit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.faceaudit.cli.scan.Proposal;
import org.faceaudit.cli.source.SourceCatalogue;
import org.faceaudit.cli.source.SourceConnection;
import org.faceaudit.intake.operator.SourceKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proposes an operator's file for a database that nobody has described yet. */
@Command(
        name = "scan",
        mixinStandardHelpOptions = true,
        description = {
            "Reads a database's catalogue and prints an operator's file: which tables store faces, offer methods, say when a"
                    + " purpose ends or what was consented to, guessed from names, types and comments in Chinese and"
                    + " English. Every guess stands there with its reason; what is missing stands at the end. No row is"
                    + " read.",
            "The words are in org/faceaudit/cli/scan/words.yaml."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:the proposal is a whole file",
            "1:it still lacks something, which its last lines say",
            "2:the database cannot be reached, or the command was used wrongly"
        })
public final class ScanCommand implements Callable<Integer> {

    private final UnaryOperator<String> environment;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "JDBC_URL",
            description = "jdbc:postgresql://host:port/database or jdbc:mariadb://…, without credentials.")
    private String url;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Who asks; ${DEFAULT-VALUE} by default.",
            defaultValue = "faceaudit_capture")
    private String user;

    @Option(
            names = "--password-env",
            paramLabel = "VARIABLE",
            description = "The environment variable that holds the password; ${DEFAULT-VALUE} by default.",
            defaultValue = "FACEAUDIT_SOURCE_PASSWORD")
    private String passwordVariable;

    public ScanCommand() {
        this(System::getenv);
    }

    /** With whoever knows the environment's variables. */
    ScanCommand(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (SourceKind.carriesCredentials(url)) {
            return unable("The address carries credentials; name the user with --user and put the password into the"
                    + " environment variable that --password-env names.");
        }
        Optional<SourceKind> kind = Arrays.stream(SourceKind.values())
                .filter(known -> known.isAddress(url))
                .findFirst();
        if (kind.isEmpty()) {
            return unable("This is no address of a database that can be captured; write "
                    + String.join(
                            " or ",
                            Arrays.stream(SourceKind.values())
                                    .map(SourceKind::address)
                                    .toList())
                    + ".");
        }
        String password = environment.apply(passwordVariable);
        if (password == null) {
            return unable("The environment variable " + passwordVariable + " is not set; export the password of " + user
                    + " in it, or name another with --password-env.");
        }
        boolean reached = false;
        try (Connection connection = SourceConnection.open(kind.get(), url, user, password)) {
            reached = true;
            Proposal proposal = Proposal.of(
                    new Proposal.Address(kind.get(), url, user, passwordVariable),
                    new SourceCatalogue(connection, kind.get()).tables());
            PrintWriter out = spec.commandLine().getOut();
            out.print(proposal.text());
            out.flush();
            return proposal.lacks().isEmpty() ? 0 : 1;
        } catch (SQLException e) {
            return unable(url
                    + (reached
                            ? " lets " + user + " in, but does not tell its tables: "
                            : " cannot be reached as " + user + ": ")
                    + SourceConnection.firstLine(e));
        } catch (IOException e) {
            return unable("The proposal cannot be checked: " + e.getMessage());
        }
    }

    private int unable(String message) {
        spec.commandLine().getErr().println(message);
        return 2;
    }
}
