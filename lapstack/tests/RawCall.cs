using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Lapstack.Tests;

/// <summary>
/// A call of an AWS JSON operation without an SDK, for operations and errors no client here can make or show.
/// </summary>
internal static class RawCall
{
    private static readonly HttpClient Http = new();

    /// <param name="target">As in the X-Amz-Target header: <c>AmazonSQS.PurgeQueue</c>.</param>
    public static async Task<Answer> JsonAsync(string url, string target, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Add("X-Amz-Target", target);
        request.Content = new StringContent(body, Encoding.UTF8);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        using var response = await Http.SendAsync(request);
        var queryError = response.Headers.TryGetValues("x-amzn-query-error", out var values) ? values.Single() : null;
        return new Answer(
            (int)response.StatusCode,
            JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject(),
            queryError);
    }

    /// <summary>The body of what a GET answers, as it is on the wire.</summary>
    public static async Task<string> TextAsync(string url) => await Http.GetStringAsync(new Uri(url));

    internal sealed record Answer(int Status, JsonObject Body, string? QueryError);
}
