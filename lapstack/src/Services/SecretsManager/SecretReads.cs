using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.SecretsManager;

/// <summary>Calls that read secrets, values or not.</summary>
internal sealed class SecretReads(SecretStore store, Ids ids)
{
    private const int MostInPage = 100;

    public Operation GetValue(JsonCall call)
    {
        var (secret, id, stage) = (call.SecretId(), call.Input.Text("VersionId"), call.Input.Text("VersionStage"));
        return call.Answer(ValueAccess(store.ArnOf(secret), secret, id, stage), () =>
        {
            var found = SecretStore.Living(store.Known(secret));
            return SecretText.Value(found, Select(found, id, stage));
        });
    }

    /// <summary>What reading a value asks for. Without a version it is the current one.</summary>
    public static AccessRequest ValueAccess(string arn, string secretId, string? versionId, string? stage)
    {
        var context = new Dictionary<string, string[]> { ["secretsmanager:SecretId"] = [secretId] };
        if (versionId is not null) context["secretsmanager:VersionId"] = [versionId];
        if (versionId is null || stage is not null)
            context["secretsmanager:VersionStage"] = [stage ?? SecretStages.Current];
        return new AccessRequest("secretsmanager:GetSecretValue", arn, context);
    }

    /// <exception cref="ServiceError">There is no such version.</exception>
    public static SecretVersion Select(Secret secret, string? versionId, string? stage)
    {
        var label = stage ?? SecretStages.Current;
        if (versionId is null)
            return secret.Labelled(label) ?? throw SecretErrors.NoValue($"staging label: {label}");
        var found = secret.Find(versionId) ?? throw SecretErrors.NoValue($"VersionId: {versionId}");
        return stage is null || found.Has(stage)
            ? found
            : throw SecretErrors.Request(
                "You provided a VersionStage that is not associated to the provided VersionId.");
    }

    public Operation Describe(JsonCall call) => call.Answer(
        Access("DescribeSecret", call.SecretId()),
        () => SecretText.Description(store.Known(call.SecretId()), "VersionIdsToStages"));

    public Operation List(JsonCall call)
    {
        var input = call.Input;
        var filters = input.Structures("Filters").Select(Filter).ToList();
        var planned = input.Flag("IncludePlannedDeletion");
        var descending = input.Text("SortOrder") == "desc";
        return call.Answer(new AccessRequest("secretsmanager:ListSecrets", "*"), () =>
        {
            var found = store.All.Where(one =>
                (planned || one.GoesAt is null) && filters.TrueForAll(filter => filter(one)));
            return Page(
                input,
                "SecretList",
                descending ? found.Reverse() : found,
                one => SecretText.Description(one, "SecretVersionsToStages"));
        });
    }

    public Operation ListVersions(JsonCall call)
    {
        var all = call.Input.Flag("IncludeDeprecated");
        return call.Answer(Access("ListSecretVersionIds", call.SecretId()), () =>
        {
            var secret = store.Known(call.SecretId());
            var page = Page(
                call.Input,
                "Versions",
                secret.Versions.Where(one => all || one.Stages.Count > 0),
                SecretText.Version);
            foreach (var (name, value) in SecretText.Named(secret)) page[name] = value!.DeepClone();
            return page;
        });
    }

    public Operation RandomPassword(JsonCall call) => call.Answer(
        new AccessRequest("secretsmanager:GetRandomPassword", "*"),
        () => new JsonObject { ["RandomPassword"] = SecretPassword.Generate(call.Input, ids) });

    private AccessRequest Access(string action, string id) => new(
        $"secretsmanager:{action}",
        store.ArnOf(id),
        new Dictionary<string, string[]> { ["secretsmanager:SecretId"] = [id] });

    /// <summary>By the beginning of a name, a description or a tag; what an exclamation mark is before is excluded.
    /// </summary>
    private static Func<Secret, bool> Filter(JsonObject filter)
    {
        Func<Secret, IEnumerable<string>> texts = filter.Text("Key") switch
        {
            "name" => one => [one.Name],
            "description" => one => [one.Description ?? ""],
            "tag-key" => one => one.Tags.Keys,
            "tag-value" => one => one.Tags.Values,
            var key => throw ServiceError.Unsupported("secretsmanager", $"ListSecrets by {key}"),
        };
        var values = filter.Texts("Values") ?? [];
        return one => values.Any(value => value.StartsWith('!')
            ? !texts(one).Any(text => text.StartsWith(value[1..], StringComparison.Ordinal))
            : texts(one).Any(text => text.StartsWith(value, StringComparison.Ordinal)));
    }

    private static JsonObject Page<T>(
        JsonObject input, string member, IEnumerable<T> items, Func<T, JsonObject> render)
    {
        var size = input.Number("MaxResults") ?? MostInPage;
        if (size is < 1 or > MostInPage)
            throw SecretErrors.Validation(
                $"1 validation error detected: Value '{size}' at 'maxResults' failed to satisfy constraint: Member " +
                $"must have value between 1 and {MostInPage}");
        return JsonPage.Of(
            member, items, render, size, input.Text("NextToken"), SecretErrors.InvalidToken(), "NextToken");
    }
}
