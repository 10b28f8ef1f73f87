using System.Text.Json.Nodes;

namespace Lapstack.Services.DynamoDb;

/// <summary>What dynalite answered, byte for byte.</summary>
/// <param name="Crc32">The x-amz-crc32 header, which SDKs check against the body; null when absent.</param>
internal sealed record DynaliteAnswer(int Status, byte[] Body, string? Crc32)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();
}
