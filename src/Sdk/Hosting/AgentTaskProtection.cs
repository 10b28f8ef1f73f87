using System.Text;
using System.Text.Json;
using Jobs.Sdk.Messages;

namespace Jobs.Sdk.Hosting;

/// <summary>
/// Task scale-in protection by the container agent's endpoint.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html
/// </summary>
/// <param name="address">Content of <c>ECS_AGENT_URI</c>; null outside ECS, where nothing scales in.</param>
internal sealed class AgentTaskProtection(
    string? address, HttpMessageHandler http, TimeProvider clock) : ITaskProtection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task SetAsync(bool isProtected, TimeSpan expires, CancellationToken cancellation)
    {
        if (address is null) return;
        using var client = new HttpClient(http, disposeHandler: false);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        using var content = new StringContent(Body(isProtected, expires), Encoding.UTF8, "application/json");
        using var answer = await client.PutAsync(new Uri($"{address}/task-protection/v1/state"), content, either.Token);
        var text = await answer.Content.ReadAsStringAsync(either.Token);
        if (!answer.IsSuccessStatusCode || !SaysProtection(text))
        {
            throw new HttpRequestException($"The ECS agent answered {(int)answer.StatusCode}: {text}");
        }
    }

    private static string Body(bool isProtected, TimeSpan expires) => isProtected
        ? $$"""{"ProtectionEnabled":true,"ExpiresInMinutes":{{(int)expires.TotalMinutes}}}"""
        : """{"ProtectionEnabled":false}""";

    /// <summary>What ECS refuses comes as <c>failure</c> or <c>error</c> in its place.</summary>
    private static bool SaysProtection(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("protection", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
