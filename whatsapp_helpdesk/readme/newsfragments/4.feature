Rights per team: roles and scopes on one page with their effect in words, salespeople and owners of
documents as readers, hand-over and invitations with a reason, answering reserved for the assignee,
a check of access that names the rule, a log, companies apart, and browsers that follow at once.
