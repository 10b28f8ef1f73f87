using System.Net;
using System.Text.Json;
using Jobs.Core;
using Jobs.Sdk.Reporting;

namespace Jobs.Tests.Unit.Sdk;

public sealed class SecretsTests
{
    private const string Value = "pa/ss +\"wörd\"";

    [Theory]
    [InlineData("token-of-a-file\n", "token-of-a-file")]
    [InlineData("""{"db":{"login":{"password":"nested-pass"}}}""", "nested-pass")]
    [InlineData("""{"keys":["first-key",{"next":"second-key"}]}""", "second-key")]
    [InlineData("""["in-an-array"]""", "in-an-array")]
    [InlineData("""{"pin":48151623,"share":0.25}""", "48151623")]
    [InlineData("""{"json":"{\"inner\":\"inner-pass\"}"}""", "inner-pass")]
    public void Part_of_a_secret_is_masked(string secret, string part) =>
        Assert.Equal("It is ***.", Of(secret).Without($"It is {part}."));

    [Fact]
    public void Secret_is_masked_as_addresses_forms_and_JSON_escape_it()
    {
        string[] written =
        [
            Value, Uri.EscapeDataString(Value), WebUtility.UrlEncode(Value),
            JsonSerializer.Serialize(Value)[1..^1], JsonEncodedText.Encode(Value).ToString(),
        ];

        Assert.All(
            written,
            text => Assert.Equal("https://host/?p=***&q", Of(Value + "\n").Without($"https://host/?p={text}&q")));
    }

    [Fact]
    public void Short_part_is_left_because_it_is_in_innocent_words() =>
        Assert.Equal("port 5432", Of("""{"port":5432,"host":"db"}""").Without("port 5432"));

    private static Secrets Of(string secret) =>
        Secrets.Read(name => name == EnvironmentNames.Secrets ? "SECRET" : secret);
}
