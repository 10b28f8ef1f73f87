using System.Buffers.Binary;
using System.Net;
using System.Text.Json.Nodes;

namespace Lapstack.Template;

/// <summary>
/// Fn::Cidr for IPv4.
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-cidr.html
/// </summary>
internal static class AddressBlocks
{
    /// <param name="hostBits">How many bits each block leaves for hosts.</param>
    public static JsonArray Split(string block, int count, int hostBits)
    {
        if (!IPNetwork.TryParse(block, out var network)
            || network.BaseAddress.GetAddressBytes() is not { Length: 4 } bytes)
            throw new TemplateException($"Fn::Cidr: '{block}' is not an IPv4 block.");
        var first = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return new JsonArray(
            [.. Enumerable.Range(0, count).Select(i =>
                (JsonNode)$"{Address(first + ((uint)i << hostBits))}/{32 - hostBits}")]);
    }

    private static IPAddress Address(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return new IPAddress(bytes);
    }
}
