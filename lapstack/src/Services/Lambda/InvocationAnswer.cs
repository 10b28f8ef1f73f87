using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Ports;

namespace Lapstack.Services.Lambda;

/// <summary>What an execution environment made of an event.</summary>
/// <param name="Failed">Whether the payload is an error document rather than the function's answer.</param>
internal sealed record InvocationAnswer(bool Failed, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The last 4 KiB of what the function printed, as X-Amz-Log-Result gives it.</summary>
    public string LogTail { get; init; } = "";

    public static InvocationAnswer Error(string type, string message) => new(
        Failed: true,
        System.Text.Encoding.UTF8.GetBytes(
            new JsonObject { ["errorType"] = type, ["errorMessage"] = message }.ToJsonString()));

    public InvocationResult ToResult() => new(200, Failed ? "Unhandled" : null, Payload);

    /// <summary>The error document's type and message in a few words, for people.</summary>
    public string Summary() => ForeignJson.Object(Payload.Span) is { } document
        ? $"{document["errorType"]}: {document["errorMessage"]}"
        : "an error that is no JSON object";
}
