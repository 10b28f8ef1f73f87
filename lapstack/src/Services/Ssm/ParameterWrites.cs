using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Wire;

namespace Lapstack.Services.Ssm;

/// <summary>Calls that put and delete parameters.</summary>
internal sealed class ParameterWrites(ParameterStore store, ParameterText text, Account account)
{
    /// <summary>Names in one call, at most.</summary>
    private const int MostNames = 10;

    private static readonly string[] NotHere = ["Policies", "Tags"];

    public Operation Put(JsonCall call)
    {
        var input = call.Input;
        var id = ParameterId.Read(input.Text("Name") ?? throw SsmErrors.Missing("name"), store, account);
        var value = input.Text("Value") ?? throw SsmErrors.Missing("value");
        foreach (var member in NotHere.Where(input.ContainsKey))
            throw ServiceError.Unsupported("ssm", $"PutParameter with {member}");
        if (input.Text("DataType") is not (null or "text"))
            throw ServiceError.Unsupported("ssm", $"PutParameter with DataType {input.Text("DataType")}");
        ParameterRules.CheckName(id.Name);
        ParameterRules.CheckType(input.Text("Type"));
        var draft = new ParameterDraft(input.Text("Type"), value)
        {
            Description = input.Text("Description"),
            AllowedPattern = input.Text("AllowedPattern"),
            Tier = input.Text("Tier"),
            KeyId = input.Text("KeyId"),
        };
        var overwrite = input.Flag("Overwrite");
        var context = new Dictionary<string, string[]> { ["ssm:Overwrite"] = [overwrite ? "true" : "false"] };
        return call.Answer(new AccessRequest("ssm:PutParameter", text.Arn(id.Name), context), () =>
        {
            var version = store.Put(id.Name, draft, overwrite, call.Request.Caller.Arn);
            return new JsonObject { ["Version"] = version.Version, ["Tier"] = version.Tier };
        });
    }

    public Operation Delete(JsonCall call)
    {
        var id = ParameterId.Read(call.Input.Text("Name") ?? throw SsmErrors.Missing("name"), store, account);
        return call.Answer(
            new AccessRequest("ssm:DeleteParameter", text.Arn(id.Name)),
            () => store.Delete(id.Name) ? new JsonObject() : throw SsmErrors.NotFound(id.Name));
    }

    public Operation DeleteMany(JsonCall call)
    {
        var names = Names(call);
        return call.Answer(
            [.. names.Select(name => new AccessRequest(
                "ssm:DeleteParameters", text.Arn(ParameterId.Read(name, store, account).Name)))],
            _ =>
            {
                var deleted = names.ToLookup(name => store.Delete(ParameterId.Read(name, store, account).Name));
                return Task.FromResult(new JsonObject
                {
                    ["DeletedParameters"] = new JsonArray([.. deleted[true].Select(name => (JsonNode)name)]),
                    ["InvalidParameters"] = new JsonArray([.. deleted[false].Select(name => (JsonNode)name)]),
                });
            });
    }

    /// <summary>The names of a call that takes several, each once.</summary>
    public static IReadOnlyList<string> Names(JsonCall call)
    {
        var names = call.Input.Texts("Names") ?? throw SsmErrors.Missing("names");
        return names.Count is > 0 and <= MostNames
            ? [.. names.Distinct(StringComparer.Ordinal)]
            : throw SsmErrors.Invalid(
                "1 validation error detected: Value at 'names' failed to satisfy constraint: Member must have " +
                $"length less than or equal to {MostNames} and greater than or equal to 1");
    }
}
