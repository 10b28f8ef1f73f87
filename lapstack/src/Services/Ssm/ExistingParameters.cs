using System.Text.Json;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Services.Ssm;

/// <summary>
/// Parameters that the stack refers to and does not make: those that the user's secrets have are there, as
/// SecureString.
/// </summary>
internal sealed class ExistingParameters(ParameterStore store, ParameterText text, UserSecrets users, Account account)
    : IExistingResources
{
    public void Open(Stack stack)
    {
        var own = stack.OfType("AWS::SSM::Parameter").Select(one => one.Ref).ToHashSet(StringComparer.Ordinal);
        var arns = StackArns.Of(stack, "ssm").Concat(
            stack.OfType("AWS::ECS::TaskDefinition").SelectMany(task => NamesIn(task.Properties)).Select(text.Arn))
            .ToList();
        foreach (var name in users.Names.Where(name => !own.Contains(name) && arns.Have(text.Arn(name))))
        {
            if (users.ValueOf(name) is not { } value) continue;
            var type = store.Find(name)?.Current.Type ?? ParameterRules.Secure;
            store.Give(name, new ParameterDraft(type, value), always: true, Caller.Owner(account.Id).Arn);
        }
    }

    /// <summary>A container's secret may be the mere name of a parameter.</summary>
    private static IEnumerable<string> NamesIn(JsonNode? node) => node switch
    {
        JsonObject map when map["ValueFrom"] is JsonValue name && name.GetValueKind() == JsonValueKind.String =>
            [name.GetValue<string>()],
        JsonObject map => map.SelectMany(member => NamesIn(member.Value)),
        JsonArray list => list.SelectMany(NamesIn),
        _ => [],
    };
}
