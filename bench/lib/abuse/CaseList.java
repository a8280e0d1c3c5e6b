/// Lists the cases of bench/abuse: for people, or their names with commas.
final class CaseList {
  private CaseList() {}

  public static void main(String[] args) {
    if (args.length > 0) {
      System.out.println(String.join(",", AbuseCases.all().keySet()));
      return;
    }
    AbuseCases.all()
        .values()
        .forEach(each -> System.out.printf("%-20s %5s  %s%n", each.name, each.heap, each.what));
  }
}
