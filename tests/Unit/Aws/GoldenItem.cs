using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Jobs.Tests.Unit.House;

namespace Jobs.Tests.Unit.Aws;

/// <summary>
/// Items as a version of the program wrote them, in DynamoDB's own JSON. What is stored once is never changed, only
/// added to.
/// </summary>
internal static class GoldenItem
{
    /// <param name="name">File in tests/Unit/Golden, without its ending.</param>
    public static Dictionary<string, AttributeValue> Read(string name) => MapOf(JsonDocument.Parse(File.ReadAllText(
        Path.Combine(Repository.Root, "tests", "Unit", "Golden", $"{name}.json"))).RootElement);

    private static Dictionary<string, AttributeValue> MapOf(JsonElement item) =>
        item.EnumerateObject().ToDictionary(attribute => attribute.Name, attribute => ValueOf(attribute.Value));

    private static AttributeValue ValueOf(JsonElement value) => value.EnumerateObject().Single() switch
    {
        { Name: "S" } text => new AttributeValue { S = text.Value.GetString() },
        { Name: "N" } number => new AttributeValue { N = number.Value.GetString() },
        { Name: "SS" } set =>
            new AttributeValue { SS = [.. set.Value.EnumerateArray().Select(text => text.GetString())] },
        { Name: "BOOL" } flag => new AttributeValue { BOOL = flag.Value.GetBoolean() },
        { Name: "M" } map => new AttributeValue { M = MapOf(map.Value) },
        { Name: "L" } list => new AttributeValue { L = [.. list.Value.EnumerateArray().Select(ValueOf)] },
        var other =>
            throw new FormatException($"The golden item has a value of type {other.Name}, as none of ours has."),
    };
}
