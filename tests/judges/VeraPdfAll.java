import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Judges many PDF files by several flavours (2a, 2b, 2u, 3a, ua1) in one Java machine: FLAVOUR,FLAVOUR FILE…
 * One line a file and flavour: `compliant|not compliant|unreadable`, flavour, file; below it, indented, each
 * broken clause once with its message and how often it was broken.
 */
public final class VeraPdfAll {
    public static void main(String[] args) {
        VeraGreenfieldFoundryProvider.initialise();
        for (int i = 1; i < args.length; i++) {
            for (String id : args[0].split(",")) {
                judge(PDFAFlavour.byFlavourId(id), args[i]);
            }
        }
    }

    private static void judge(PDFAFlavour flavour, String path) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.println((result.isCompliant() ? "compliant\t" : "not compliant\t") + flavour.getId() + "\t" + path);
            Map<String, Integer> broken = new TreeMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String clause = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    broken.merge(clause + " " + assertion.getMessage().replaceAll("\\s+", " "), 1, Integer::sum);
                }
            }
            broken.forEach((clause, times) -> System.out.println("  " + times + " x " + clause));
        } catch (Exception e) {
            System.out.println("unreadable\t" + flavour.getId() + "\t" + path);
            System.out.println("  " + e);
        }
    }
}
