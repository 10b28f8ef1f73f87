using Jobs.Core.Inputs;
using Jobs.Core.Runs;

namespace Jobs.Tests.Unit.Core.Runs;

public sealed class InputFingerprintTests
{
    private const string Input = """{"a":[1,{"x":"ü"}],"b":null}""";

    [Theory]
    [InlineData("""{"a":[1,{"x":"ü"}],"b":null}""")]
    [InlineData("""{ "b": null, "a": [ 1, { "x": "ü" } ] }""")]
    public void Order_of_members_and_blanks_do_not_count(string same)
    {
        Assert.Equal(InputFingerprint.Of("part", Input), InputFingerprint.Of("part", same));
        Assert.Equal(32, InputFingerprint.Of("part", same).Length);
    }

    [Theory]
    [InlineData("other", Input, null)]
    [InlineData("part", Input, "key")]
    [InlineData("part", null, "key")]
    [InlineData("part", null, null)]
    [InlineData("part", """{"a":[{"x":"ü"},1],"b":null}""", null)]
    [InlineData("part", """{"a":[1,{"x":"u"}],"b":null}""", null)]
    [InlineData("part", """{"a":[1,{"x":"ü"}]}""", null)]
    [InlineData("part", """{"a":[1,{"x":"ü","b":null}]}""", null)]
    [InlineData("part", """{"a":[1.0,{"x":"ü"}],"b":null}""", null)]
    [InlineData("part", """{"a":"[1,{\"x\":\"ü\"}]","b":null}""", null)]
    public void Anything_else_does(string job, string? input, string? key) =>
        Assert.NotEqual(InputFingerprint.Of("part", Input), InputFingerprint.Of(job, input, key));

    [Fact]
    public void Text_that_is_no_text_has_one_too() =>
        Assert.NotEqual(
            InputFingerprint.Of("part", """{"\ud800":"\ud800"}"""),
            InputFingerprint.Of("part", """{"\ud800":"\ud801"}"""));
}
