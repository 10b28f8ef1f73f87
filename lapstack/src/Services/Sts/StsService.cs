using System.Xml.Linq;
using Lapstack.Wire;

namespace Lapstack.Services.Sts;

/// <summary>STS, for the one question every tool asks: who am I? AWS allows it to every caller.</summary>
internal sealed class StsService : QueryService
{
    public StsService()
        : base("sts", "https://sts.amazonaws.com/doc/2011-06-15/")
    {
        Add("GetCallerIdentity", call => call.Answer([], _ => Task.FromResult<IEnumerable<XElement>>(
        [
            new("Arn", call.Request.Caller.Arn),
            new("UserId", call.Request.Caller.UserId),
            new("Account", call.Request.Caller.AccountId),
        ])));
    }
}
