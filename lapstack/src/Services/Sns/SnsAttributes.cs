using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.Sns;

/// <summary>
/// The message attributes of a publish: <c>MessageAttributes.entry.N.Name</c>, <c>….Value.DataType</c> and so on, N
/// from 1.
/// </summary>
internal static class SnsAttributes
{
    /// <summary>name → { Type, Value }, as SNS passes them on.</summary>
    public static JsonObject Read(QueryCall call)
    {
        var attributes = new JsonObject();
        for (var n = 1; call.Field($"MessageAttributes.entry.{n}.Name") is { } name; n++)
        {
            var value = $"MessageAttributes.entry.{n}.Value";
            if (call.Field($"{value}.DataType") is not { Length: > 0 } type)
                throw new ServiceError(
                    "ParameterValueInvalid",
                    $"The message attribute '{name}' must contain non-empty message attribute type.");
            if ((
                call.Field($"{value}.StringValue") ?? call.Field($"{value}.BinaryValue"))
                is not { Length: > 0 } content)
                throw new ServiceError(
                    "ParameterValueInvalid",
                    $"The message attribute '{name}' must contain a non-empty value of type '{type}'.");
            attributes[name] = new JsonObject { ["Type"] = type, ["Value"] = content };
        }
        return attributes;
    }
}
