using System.Text.RegularExpressions;

namespace Jobs.Tests.Unit.House;

public sealed partial class GlossaryTests
{
    [Fact]
    public void Glossary_has_each_term_once_and_in_order()
    {
        var terms = Term().Matches(Paper.Read("docs/glossary.md").Text).Select(match => match.Groups[1].Value).ToList();

        Assert.InRange(terms.Count, 30, 50);
        Assert.Equal(terms.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase), terms);
    }

    [GeneratedRegex(@"(?m)^- \*\*([^*]+)\*\*:")]
    private static partial Regex Term();
}
