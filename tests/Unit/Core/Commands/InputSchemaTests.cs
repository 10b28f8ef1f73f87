using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Jobs.Core.Inputs;

namespace Jobs.Tests.Unit.Core.Commands;

public sealed class InputSchemaTests
{
    /// <summary>As definitions carry it: exported from a type.</summary>
    private static readonly JsonNode Schema = JsonSchemaExporter.GetJsonSchemaAsNode(
        new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            RespectNullableAnnotations = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        },
        typeof(Order));

    private enum Speed
    {
        Slow,
        Fast,
    }

    [Theory]
    [InlineData("""{"name":"a","count":1}""")]
    [InlineData("""{"name":"a","count":1,"lines":[{"sku":"x"}],"next":{"name":"b","count":2}}""")]
    [InlineData("""{"name":"a","count":1,"next":null,"unknown":true}""")]
    public void Input_that_fits_has_no_fault(string input) => Assert.Empty(Check(Schema, input));

    [Theory]
    [InlineData("""[]""", "$ must be")]
    [InlineData("""{"count":1}""", "$.name is required")]
    [InlineData("""{"name":7,"count":1}""", "$.name must be a string, but it is 7.")]
    [InlineData("""{"name":"a","count":1.5}""", "$.count must be")]
    [InlineData("""{"name":"a","count":1,"lines":[{"sku":"x"},{"sku":1}]}""", "$.lines[1].sku must be a string")]
    [InlineData("""{"name":"a","count":1,"next":{"name":"b"}}""", "$.next.count is required")]
    public void Input_that_does_not_fit_names_the_place_and_the_rule(string input, string fault) =>
        Assert.Contains(Check(Schema, input), one => one.StartsWith(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"enum":[1,2]}""", "1e9999999999", "must be one of 1, 2, but it is 1e9999999999.")]
    [
        InlineData(
            """{"pattern":"^(a+)+$"}""",
            "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"",
            "could not be found out")
    ]
    [InlineData("""{"type":"string"}""", "\"\\ud800\"", "$ has whole characters")]
    [InlineData("{}", """{"a":[{"b":1,"b":2}]}""", "$.a[0].b is there once (sent: twice).")]
    [InlineData("""{"const":{"b":1}}""", """{"b":1,"b":1}""", "$.b is there once")]
    public void Input_that_cannot_be_judged_is_a_fault_and_no_exception(string schema, string input, string fault) =>
        Assert.Contains(fault, Assert.Single(Check(JsonNode.Parse(schema)!, input)), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"enum":["Slow","Fast"]}""", "\"Fst\"", "must be one of \"Slow\", \"Fast\"")]
    [InlineData("""{"const":1}""", "2", "must be one of 1")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"integer"}]}""", "true", "fits none of the 2 forms")]
    [InlineData("""{"type":"string","minLength":2}""", "\"a\"", "at least 2")]
    [InlineData("""{"type":"string","maxLength":1}""", "\"ab\"", "at most 1")]
    [InlineData("""{"type":"string","pattern":"^[0-9]+$"}""", "\"a\"", "must match")]
    [InlineData("""{"properties":{"prefix":{}},"additionalProperties":false}""", """{"prefx":1}""",
        "did you mean 'prefix'?")]
    [InlineData("false", "1", "must not be there")]
    public void Rule_broken_is_said(string schema, string input, string says) =>
        Assert.Contains(says, Assert.Single(Check(JsonNode.Parse(schema), input)), StringComparison.Ordinal);

    [Fact]
    public void No_schema_takes_anything() => Assert.Empty(Check(null, "[1]"));

    [Fact]
    public void Faults_are_few_however_many_there_are() =>
        Assert.InRange(
            Check(
                JsonNode.Parse("""{"items":{"type":"string"}}"""),
                $"[{string.Join(',', Enumerable.Range(0, 1_000))}]").Count,
            1,
            5);

    private static IReadOnlyList<string> Check(JsonNode? schema, string input)
    {
        using var document = JsonDocument.Parse(input);
        return InputSchema.Check(schema, document.RootElement);
    }

    private sealed record Order(
        string Name, int Count, IReadOnlyList<Line>? Lines = null, Order? Next = null, Speed Speed = Speed.Slow);

    private sealed record Line(string Sku);
}
