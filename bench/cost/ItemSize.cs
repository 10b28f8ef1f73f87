using System.Text;
using System.Text.Json;

namespace Jobs.Bench.Cost;

/// <summary>
/// Bytes of an item as DynamoDB counts them: names and values in UTF-8, numbers a byte for two digits and one more, 3
/// bytes for a list or map and 1 for each element.
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
/// </summary>
internal static class ItemSize
{
    public static int Of(JsonElement item) =>
        item.EnumerateObject().Sum(attribute => Encoding.UTF8.GetByteCount(attribute.Name) + OfValue(attribute.Value));

    private static int OfValue(JsonElement typed)
    {
        var value = typed.EnumerateObject().Single();
        return value.Name switch
        {
            "S" => Encoding.UTF8.GetByteCount(value.Value.GetString()!),
            "N" => OfNumber(value.Value.GetString()!),
            "BOOL" or "NULL" => 1,
            "B" => value.Value.GetBytesFromBase64().Length,
            "SS" => value.Value.EnumerateArray().Sum(text => Encoding.UTF8.GetByteCount(text.GetString()!)),
            "NS" => value.Value.EnumerateArray().Sum(number => OfNumber(number.GetString()!)),
            "L" => 3 + value.Value.EnumerateArray().Sum(element => 1 + OfValue(element)),
            "M" =>
                3 + value.Value.EnumerateObject().Sum(
                    member => 1 + Encoding.UTF8.GetByteCount(member.Name) + OfValue(member.Value)),
            _ => throw new InvalidOperationException($"No size is known for a DynamoDB value of type {value.Name}."),
        };
    }

    private static int OfNumber(string number) => 1 + ((number.Count(char.IsAsciiDigit) + 1) / 2);
}
