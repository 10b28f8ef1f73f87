using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.Ssm;

/// <summary>Calls that read parameters, values or not.</summary>
internal sealed class ParameterReads(ParameterStore store, ParameterText text, Account account)
{
    /// <summary>Of values in a page by path.</summary>
    private const int MostByPath = 10;

    /// <summary>Of descriptions, or of versions, in a page.</summary>
    private const int MostInPage = 50;

    public Operation Get(JsonCall call)
    {
        var name = call.Input.Text("Name") ?? throw SsmErrors.Missing("name");
        var id = ParameterId.Read(name, store, account);
        return call.Answer(Access("GetParameter", id.Name), () => new JsonObject
        {
            ["Parameter"] = store.Find(id) is { } found ? Value(found, id, call) : throw Lost(id),
        });
    }

    public Operation GetMany(JsonCall call)
    {
        var ids = ParameterWrites.Names(call).Select(name => (name, ParameterId.Read(name, store, account))).ToList();
        return call.Answer([.. ids.Select(id => Access("GetParameters", id.Item2.Name))], _ =>
        {
            var (found, invalid) = (new JsonArray(), new JsonArray());
            foreach (var (name, id) in ids)
            {
                if (store.Find(id) is { } one) found.Add((JsonNode)Value(one, id, call));
                else invalid.Add((JsonNode)name);
            }

            return Task.FromResult(new JsonObject { ["Parameters"] = found, ["InvalidParameters"] = invalid });
        });
    }

    public Operation GetByPath(JsonCall call)
    {
        var input = call.Input;
        var path = input.Text("Path") ?? throw SsmErrors.Missing("path");
        if (!path.StartsWith('/'))
            throw SsmErrors.Invalid(
                "The parameter path must begin with a slash \"/\": it is the beginning of parameters' names, with " +
                "all of its levels.");
        if (input["ParameterFilters"] is JsonArray { Count: > 0 })
            throw ServiceError.Unsupported("ssm", "GetParametersByPath with ParameterFilters");
        var (recursive, folder) = (input.Flag("Recursive"), path.TrimEnd('/') + '/');
        var context = new Dictionary<string, string[]> { ["ssm:Recursive"] = [recursive ? "true" : "false"] };
        return call.Answer(
            new AccessRequest("ssm:GetParametersByPath", text.Arn(path.TrimEnd('/')), context),
            () => Page(
                input,
                store.All.Where(one => ParameterFilter.IsBelow(one.Name, folder, recursive)),
                one => text.Value(one.Name, one.Current, input.Flag("WithDecryption")),
                MostByPath));
    }

    public Operation Describe(JsonCall call)
    {
        if (call.Input["Filters"] is JsonArray { Count: > 0 })
            throw ServiceError.Unsupported("ssm", "DescribeParameters with Filters (use ParameterFilters)");
        var filters = call.Input.Structures("ParameterFilters").Select(ParameterFilter.Read).ToList();
        return call.Answer(
            new AccessRequest("ssm:DescribeParameters", account.Arn("ssm", "*")),
            () => Page(
                call.Input,
                store.All.Where(one => filters.TrueForAll(filter => filter(one))),
                text.Description,
                MostInPage));
    }

    public Operation History(JsonCall call)
    {
        var id = ParameterId.Read(call.Input.Text("Name") ?? throw SsmErrors.Missing("name"), store, account);
        return call.Answer(Access("GetParameterHistory", id.Name), () =>
        {
            var parameter = store.Find(id.Name) ?? throw SsmErrors.NotFound(id.Name);
            return Page(
                call.Input,
                parameter.Versions,
                version => ParameterText.History(id.Name, version, call.Input.Flag("WithDecryption")),
                MostInPage);
        });
    }

    private AccessRequest Access(string action, string name) => new($"ssm:{action}", text.Arn(name));

    private ServiceError Lost(ParameterId id) =>
        store.Find(id.Name) is null ? SsmErrors.NotFound(id.Name) : SsmErrors.VersionNotFound(id);

    private JsonObject Value(ParameterVersion version, ParameterId id, JsonCall call) => text.Value(
        id.Name,
        version,
        call.Input.Flag("WithDecryption"),
        id.Version is { } number ? $":{number}" : null);

    private static JsonObject Page<T>(JsonObject input, IEnumerable<T> items, Func<T, JsonObject> render, int most)
    {
        var size = input.Number("MaxResults") ?? most;
        if (size < 1 || size > most)
            throw SsmErrors.Invalid(
                $"1 validation error detected: Value '{size}' at 'maxResults' failed to satisfy constraint: Member " +
                $"must have value between 1 and {most}");
        return JsonPage.Of(
            "Parameters", items, render, size, input.Text("NextToken"), SsmErrors.InvalidToken(), "NextToken");
    }
}
