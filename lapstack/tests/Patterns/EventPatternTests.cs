using System.Text.Json;
using Lapstack.Patterns;

namespace Lapstack.Tests.Patterns;

public sealed class EventPatternTests
{
    [Theory]
    [InlineData("""{"a":[{"wildcard":"in/*.csv"}]}""", """{"a":"in/x y.csv"}""", true)]
    [InlineData("""{"a":[{"wildcard":"in/*.csv"}]}""", """{"a":"in/.csv"}""", true)]
    [InlineData("""{"a":[{"wildcard":"in/*.csv"}]}""", """{"a":"in.csv"}""", false)]
    [InlineData("""{"a":[{"wildcard":"a*a"}]}""", """{"a":"a"}""", false)]
    [InlineData("""{"a":[{"wildcard":"*ab*ab*"}]}""", """{"a":"xabxab"}""", true)]
    [InlineData("""{"a":[{"wildcard":"*ab*ab*"}]}""", """{"a":"xaby"}""", false)]
    [InlineData("""{"a":[{"wildcard":"/Users/*/dir/dir/dir/dir/dir/doc.txt"}]}""",
        """{"a":"/Users/x/dir/dir/dir/dir/dir/doc.txt"}""", true)]
    [InlineData("""{"a":[{"wildcard":"*/*/*/*.csv"}]}""", """{"a":"a/b/c/d.csv"}""", true)]
    [InlineData("""{"a":[{"prefix":""}]}""", """{"a":5}""", false)]
    [InlineData("""{"a":["::1"]}""", """{"a":"0:0:0:0:0:0:0:1"}""", true)]
    [InlineData("""{"a":[{"cidr":"10.0.0.0/8"}]}""", """{"a":"010.1.1.1"}""", true)]
    [InlineData("""{"a":[1000000000000000000001]}""", """{"a":1000000000000000000001}""", true)]
    [InlineData("""{"a":[1000000000000000000001]}""", """{"a":1000000000000000000002}""", false)]
    [InlineData("""{"a":[{"anything-but":[1,2]}]}""", """{"a":[1,3]}""", true)]
    [InlineData("""{"a":[{"exists":false}]}""", """{"a":[]}""", true)]
    [InlineData("""{"a":[{"exists":true}]}""", """{"a":{"b":1}}""", false)]
    [InlineData("""{"a":[true]}""", """{"a":"true"}""", false)]
    public void Operator_on_a_value_decides(string pattern, string @event, bool matches)
    {
        using var document = JsonDocument.Parse(@event);
        Assert.Equal(matches, EventPattern.Parse(pattern).Matches(document.RootElement));
    }

    [Theory]
    [InlineData("[]", "Filter is not an object", "the top")]
    [InlineData("""{"detail":{"a":"x"}}""", "must be an object or an array", "'detail.a'")]
    [InlineData("""{"detail":{}}""", "Empty objects are not allowed", "'detail'")]
    [InlineData("""{"detail":{"a":[]}}""", "Empty arrays are not allowed", "'detail.a'")]
    [InlineData("""{"a":[{"wildcard":"x\\y"}]}""", "Invalid escape character at pos 1", "'a'")]
    [InlineData("""{"a":[{"wildcard":"*:*:*:*:*:event-bus/*"}]}""", "Rule is too complex", "'a'")]
    [InlineData("""{"a":[{"numeric":[">",5,"<",5]}]}""", "Bottom must be less than top", "'a'")]
    [InlineData("""{"$or":[{"a":[1]},{"prefix":["b"]}]}""", "prefix is a reserved field name", "'prefix'")]
    public void Invalid_pattern_is_refused_with_rule_and_place(string pattern, string rule, string place)
    {
        var refused = Assert.Throws<EventPatternException>(() => EventPattern.Parse(pattern));
        Assert.Contains(rule, refused.Message, StringComparison.Ordinal);
        Assert.Contains(place, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Or_that_multiplies_beyond_the_limit_is_refused()
    {
        var fields = string.Join(
            ',', Enumerable.Range(0, 10).Select(level => $"\"a{level}\":" + """{"$or":[{"x":[1]},{"y":[1]}]}"""));

        var refused = Assert.Throws<EventPatternException>(() => EventPattern.Parse("{" + fields + "}"));

        Assert.Contains("more than 1000 combinations", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_arrays_do_not_multiply_the_work()
    {
        var values = string.Join(',', Enumerable.Repeat("1", 2000));
        var fields = string.Join(',', Enumerable.Range(0, 10).Select(i => $"\"f{i}\":[{values}]"));
        var pattern = string.Join(',', Enumerable.Range(0, 10).Select(i => $"\"f{i}\":[1]"));
        using var document = JsonDocument.Parse("{" + fields + "}");

        Assert.True(EventPattern.Parse("{" + pattern + "}").Matches(document.RootElement));
    }
}
