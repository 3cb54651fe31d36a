import com.adobe.epubcheck.tool.EpubChecker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** Runs EPUBCheck over many publications in one Java machine: arguments are pairs EPUB, JSON report. */
public final class EpubCheckAll {
    public static void main(String[] args) {
        PrintStream out = System.out;
        for (int i = 0; i + 1 < args.length; i += 2) {
            // What it prints is in the report as well; the report alone is judged.
            PrintStream quiet = new PrintStream(new ByteArrayOutputStream());
            System.setOut(quiet);
            System.setErr(quiet);
            int code = new EpubChecker().run(new String[] {args[i], "--json", args[i + 1]});
            out.println(code + " " + args[i]);
        }
    }
}
