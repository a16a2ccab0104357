using Integr8sCode.Events;

namespace Integr8sCode.Mongo;

public sealed class MongoInboxTests() : InboxTests(new MongoTestStores());
